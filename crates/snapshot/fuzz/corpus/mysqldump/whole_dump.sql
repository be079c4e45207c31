-- MySQL dump 10.13
-- Host: localhost    Database: clinic
/*!40101 SET NAMES utf8mb4 */;
DROP TABLE IF EXISTS `visit`;
CREATE TABLE `visit` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `seen` date DEFAULT '0000-00-00',
  `note` text,
  `pic` blob,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
LOCK TABLES `visit` WRITE;
INSERT INTO `visit` VALUES (1,'2019-01-02','it''s \"fine\"; (really),\n','a\0b'),(2,'0000-00-00',NULL,0xFF00),
 (3,'2020-02-29','-- no comment /* none */','');
INSERT INTO `visit` (`note`, `id`) VALUES ('out of order',7), ('next', NULL);
UNLOCK TABLES;
DELIMITER ;;
/*!50003 CREATE*/ /*!50003 TRIGGER `t` BEFORE INSERT ON `visit` FOR EACH ROW BEGIN
  SET NEW.note = 'x;y'; END */;;
DELIMITER ;
-- Dump completed on 2020-01-01 00:00:00
